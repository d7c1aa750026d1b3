#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace cdc::bind {

// The secrets that expressions read, by their names in the plan.
using SecretValues = std::map<std::string, std::shared_ptr<const std::string>, std::less<>>;

}  // namespace cdc::bind
