#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/diff/diff.h"

namespace cdc::diff {

// Members of a part of the plan that the comparison does not look at one by one, as JSON without places in files: what
// a later plan says more is not overlooked.
using OtherFields = std::map<std::string, std::string>;
OtherFields OtherFieldsOf(const plan::Plan& plan);
OtherFields OtherFieldsOf(const plan::Pipe& pipe);
OtherFields OtherFieldsOf(const plan::TableRule& rule);
OtherFields OtherFieldsOf(const plan::Resource& resource);

// One difference for each that is not the same.
void AddOtherFields(const OtherFields& before, const OtherFields& after, std::vector<Difference>* out);

}  // namespace cdc::diff
