#include "runtime/formats/compact_json.h"

#include <charconv>
#include <cstring>

#include "stdlib/core/number_text.h"

namespace cdc::formats {
namespace {

bool IsNumberByte(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'; }

}  // namespace

std::string_view CompactJson(std::string_view text, OutBuffer* scratch) {
  scratch->Clear();
  char* to = scratch->Reserve(text.size());
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    if (*at == '"') {
      do {
        if (*at == '\\' && end - at > 1) *to++ = *at++;
        *to++ = *at++;
      } while (at != end && *at != '"');
      if (at != end) *to++ = *at++;
    } else if (*at == ' ') {
      ++at;
    } else if ((*at >= '0' && *at <= '9') || *at == '-') {
      const char* const number = at;
      bool exponent = false;
      for (; at != end && IsNumberByte(*at); ++at) {
        exponent |= *at == 'e' || *at == 'E';
      }
      if (exponent) {
        double real = 0;
        std::from_chars(number, at, real);
        scratch->AdvanceTo(to);
        to = WritePlainDouble(real, scratch->Reserve(kPlainDoubleTextMax + static_cast<size_t>(end - at)));
      } else {
        std::memcpy(to, number, static_cast<size_t>(at - number));
        to += at - number;
      }
    } else {
      *to++ = *at++;
    }
  }
  scratch->AdvanceTo(to);
  return scratch->view();
}

}  // namespace cdc::formats
