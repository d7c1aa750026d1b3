#pragma once

#include <cstddef>
#include <optional>

#include "runtime/record/change_batch.h"

namespace cdc::operators {

// The position before group number `group` of a batch: what is committed when everything before that group is
// published and the group is not. `last` is the end of the batch before, for the first one after a rewind what is
// committed; empty if there is neither.
// Nothing if it cannot be told: the group began in an earlier batch that is not known, the batch holds rows of a first
// load before it (their place in the log is not theirs), or the GTIDs of MariaDB before it are not known. Nothing
// either if the batch has state to save: a position behind part of it would be saved without.
std::optional<Position> PositionBefore(const ChangeBatch& batch, size_t group, const Position& last);

// `set` without one transaction: `uuid:1-9` without `uuid:9` is `uuid:1-8`. MySQL's form, tags included.
std::string GtidSetWithout(const std::string& set, const std::string& gtid);

}  // namespace cdc::operators
