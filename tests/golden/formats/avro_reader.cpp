#include "tests/golden/formats/avro_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace cdc::testing {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  AvroJson Read(const AvroJson& schema, const std::string& space) {
    if (schema.is_array()) return Union(schema, space);
    const std::string type = schema.is_string() ? schema.get<std::string>() : schema["type"].get<std::string>();
    if (type == "null") return nullptr;
    if (type == "boolean") return Take(1)[0] == '\1';
    if (type == "int" || type == "long") return Long();
    if (type == "float") return static_cast<double>(Fixed<float>());
    if (type == "double") return Fixed<double>();
    if (type == "string") return std::string(Take(static_cast<size_t>(Long())));
    if (type == "bytes") return Latin1(Take(static_cast<size_t>(Long())));
    if (type == "array") return Array(schema["items"], space);
    if (type == "record") return Fields(schema, FullName(schema["name"], schema.value("namespace", space)));
    const auto named = records_.find(FullName(type, space));
    EXPECT_NE(named, records_.end()) << type;
    return named == records_.end() ? AvroJson() : Fields(named->second, named->first);
  }

  size_t left() const { return rest_.size(); }

  // Definitions come first: one may stand in a branch that the value does not take.
  void Define(const AvroJson& schema, const std::string& space) {
    if (schema.is_array()) {
      for (const AvroJson& branch : schema) Define(branch, space);
    } else if (schema.is_object() && schema["type"] == "record") {
      const std::string own_space = schema.value("namespace", space);
      records_[FullName(schema["name"], own_space)] = schema;
      for (const AvroJson& field : schema["fields"]) Define(field["type"], own_space);
    } else if (schema.is_object() && schema["type"] == "array") {
      Define(schema["items"], space);
    }
  }

 private:
  static std::string FullName(const std::string& name, const std::string& space) {
    return name.find('.') != std::string::npos || space.empty() ? name : space + "." + name;
  }

  std::string_view Take(size_t size) {
    EXPECT_LE(size, rest_.size());
    const std::string_view taken = rest_.substr(0, std::min(size, rest_.size()));
    rest_.remove_prefix(taken.size());
    return taken.size() == size ? taken : std::string_view(kZeros, std::min(size, sizeof kZeros));
  }

  int64_t Long() {
    uint64_t bits = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(Take(1)[0]);
      bits |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) break;
    }
    return static_cast<int64_t>(bits >> 1 ^ (~(bits & 1) + 1));
  }

  template <typename Number>
  Number Fixed() {
    Number number;
    std::memcpy(&number, Take(sizeof number).data(), sizeof number);
    return number;
  }

  static std::string Latin1(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80) text += static_cast<char>(0xc0 | byte >> 6);
      text += static_cast<char>(byte < 0x80 ? byte : 0x80 | (byte & 0x3f));
    }
    return text;
  }

  AvroJson Union(const AvroJson& schema, const std::string& space) {
    const auto branch = static_cast<size_t>(Long());
    EXPECT_LT(branch, schema.size());
    if (branch >= schema.size()) return {};
    const AvroJson& type = schema[branch];
    if (type == "null") return nullptr;
    std::string name = type.is_string() ? type.get<std::string>() : type["type"].get<std::string>();
    if (name == "record") name = FullName(type["name"], type.value("namespace", space));
    if (records_.count(FullName(name, space)) != 0) name = FullName(name, space);
    return {{name, Read(type, space)}};
  }

  AvroJson Array(const AvroJson& items, const std::string& space) {
    AvroJson array = AvroJson::array();
    for (int64_t count = Long(); count != 0; count = Long()) {
      for (int64_t i = 0; i < count && left() > 0; ++i) array.push_back(Read(items, space));
    }
    return array;
  }

  AvroJson Fields(const AvroJson& schema, const std::string& full_name) {
    const std::string space = full_name.substr(0, std::min(full_name.size(), full_name.rfind('.')));
    AvroJson record = AvroJson::object();
    for (const AvroJson& field : schema["fields"]) {
      record[field["name"].get<std::string>()] = Read(field["type"], space);
    }
    return record;
  }

  static constexpr char kZeros[16] = {};
  std::string_view rest_;
  std::map<std::string, AvroJson> records_;
};

}  // namespace

AvroJson ReadAvro(const AvroJson& schema, std::string_view bytes) {
  Reader reader(bytes);
  reader.Define(schema, "");
  AvroJson value = reader.Read(schema, "");
  EXPECT_EQ(reader.left(), 0u);
  return value;
}

uint32_t ReadSchemaPrefix(std::string_view record, std::string_view* payload) {
  EXPECT_GE(record.size(), 5u);
  if (record.size() < 5) return 0;
  EXPECT_EQ(record[0], '\0');
  uint32_t id = 0;
  for (size_t i = 1; i < 5; ++i) id = id << 8 | static_cast<unsigned char>(record[i]);
  *payload = record.substr(5);
  return id;
}

std::string BytesOfHex(std::string_view hex) {
  std::string bytes;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
  return bytes;
}

}  // namespace cdc::testing
