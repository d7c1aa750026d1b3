#include "runtime/registry/confluent_registry.h"

#include <cctype>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "runtime/registry/http_client.h"

namespace cdc::registry {
namespace {

using Json = nlohmann::json;

constexpr size_t kServerWordsMax = 600;

std::string Encoded(const std::string& text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~') {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

bool IsPassing(int status) { return status == 408 || status == 429 || status >= 500; }

// What the server says about a refusal, on one line.
std::string ServerWords(const HttpResponse& response) {
  const Json body = Json::parse(response.body, nullptr, false);
  std::string words;
  if (body.is_object() && body.contains("message") && body["message"].is_string()) words = body["message"];
  for (char& c : words) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  if (words.size() > kServerWordsMax) {
    size_t end = kServerWordsMax;
    while ((static_cast<unsigned char>(words[end]) & 0xc0) == 0x80) --end;
    words = words.substr(0, end) + "…";
  }
  return words.empty() ? "" : ": " + words;
}

// FULL_TRANSITIVE of `full_transitive`.
std::string LevelOf(const std::string& word) {
  std::string level;
  for (const char c : word) level += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return level;
}

class ConfluentRegistry : public SchemaRegistry {
 public:
  ConfluentRegistry(const RegistryContext& context, std::unique_ptr<HttpClient> http)
      : name_(context.name),
        urls_(context.settings.Texts("urls")),
        subjects_(context.settings.Text("subjects", "topic_name")),
        compatibility_(context.settings.Text("compatibility", "unchanged")),
        registers_(context.settings.Flag("register", true)),
        normalize_(context.settings.Flag("normalize", false)),
        http_(std::move(http)) {
    for (std::string& url : urls_) {
      while (url.ends_with('/')) url.pop_back();
    }
  }

  Result<uint32_t> IdOf(const SchemaUse& use, const std::string& schema) override {
    std::lock_guard lock(mutex_);
    const std::string subject = SubjectOf(use);
    const auto known = ids_.find({subject, schema});
    if (known != ids_.end()) return known->second;
    Result<uint32_t> id = registers_ ? Register(subject, schema) : LookUp(subject, schema);
    if (id.ok()) ids_[{subject, schema}] = *id;
    return id;
  }

 private:
  std::string SubjectOf(const SchemaUse& use) const {
    if (subjects_ == "record_name") return use.record;
    if (subjects_ == "topic_record_name") return use.topic + "-" + use.record;
    return use.topic + (use.is_key ? "-key" : "-value");
  }

  Result<uint32_t> Register(const std::string& subject, const std::string& schema) {
    bool level_follows = false;
    if (compatibility_ != "unchanged") {
      ASSIGN_OR_RETURN(const HttpResponse own, Ask("GET", "/config/" + Encoded(subject), ""));
      if (own.status != 200 && own.status != 404) return Refused(own, "asking for the compatibility of", subject);
      if (own.status == 404) {
        ASSIGN_OR_RETURN(const HttpResponse set, SetLevel(subject));
        level_follows = set.status == 404;
        if (set.status != 200 && !level_follows) return Refused(set, "setting the compatibility of", subject);
      }
    }
    const std::string path = "/subjects/" + Encoded(subject) + "/versions" + (normalize_ ? "?normalize=true" : "");
    ASSIGN_OR_RETURN(const HttpResponse response, Ask("POST", path, Json{{"schema", schema}}.dump()));
    if (response.status != 200) return Refused(response, "registering a schema of", subject);
    ASSIGN_OR_RETURN(const uint32_t id, IdIn(response));
    if (level_follows) {
      ASSIGN_OR_RETURN(const HttpResponse set, SetLevel(subject));
      if (set.status != 200) return Refused(set, "setting the compatibility of", subject);
    }
    return id;
  }

  Result<uint32_t> LookUp(const std::string& subject, const std::string& schema) {
    const std::string path = "/subjects/" + Encoded(subject) + (normalize_ ? "?normalize=true" : "");
    ASSIGN_OR_RETURN(const HttpResponse response, Ask("POST", path, Json{{"schema", schema}}.dump()));
    if (response.status == 404) {
      return Error(ErrorCode::kSinkRejected, "subject `" + subject + "` of registry `" + name_ +
                                                 "` does not have the table's schema, and `register = false` asks for "
                                                 "schemas that are there: register it, or write `register = true`");
    }
    if (response.status != 200) return Refused(response, "looking up a schema of", subject);
    return IdIn(response);
  }

  Result<HttpResponse> SetLevel(const std::string& subject) {
    return Ask("PUT", "/config/" + Encoded(subject), Json{{"compatibility", LevelOf(compatibility_)}}.dump());
  }

  Result<uint32_t> IdIn(const HttpResponse& response) const {
    const Json body = Json::parse(response.body, nullptr, false);
    if (body.is_object() && body.contains("id") && body["id"].is_number_unsigned() && body["id"] <= INT32_MAX) {
      return body["id"].get<uint32_t>();
    }
    return Error(ErrorCode::kRegistryLost, "registry `" + name_ + "` answers without the number of a schema");
  }

  // One round over the servers, from the one that answered last.
  Result<HttpResponse> Ask(const char* method, const std::string& path, const std::string& body) {
    std::string reasons;
    for (size_t i = 0; i < urls_.size(); ++i) {
      const size_t at = (answering_ + i) % urls_.size();
      auto response = http_->Send(method, urls_[at] + path, body);
      if (response.ok() && !IsPassing(response->status)) {
        answering_ = at;
        return response;
      }
      if (!response.ok() && response.error().code() != ErrorCode::kRegistryLost) {
        return std::move(response).error().While("registry `" + name_ + "` at " + urls_[at]);
      }
      reasons += (reasons.empty() ? "" : "; ") + urls_[at] + ": " +
                 (response.ok() ? "status " + std::to_string(response->status) + ServerWords(*response)
                                : response.error().message());
    }
    return Error(ErrorCode::kRegistryLost, "registry `" + name_ + "` does not answer: " + reasons);
  }

  Error Refused(const HttpResponse& response, const std::string& doing, const std::string& subject) const {
    const std::string who = "registry `" + name_ + "` at " + urls_[answering_];
    if (response.status == 401) {
      return Error(ErrorCode::kCredentials, who +
                                                " does not accept the login (status 401); see `user`, `password` and "
                                                "`token` of the registry");
    }
    const std::string status = " (status " + std::to_string(response.status) + ")" + ServerWords(response);
    if (response.status == 409) {
      return Error(ErrorCode::kSinkRejected,
                   who + " refuses the table's schema: it does not fit the earlier ones of subject `" + subject + "`" +
                       status +
                       "; publish columns that fit, lower the subject's compatibility, or write to another topic");
    }
    return Error(ErrorCode::kSinkRejected, who + " refuses " + doing + " subject `" + subject + "`" + status);
  }

  const std::string name_;
  std::vector<std::string> urls_;  // no slash behind
  const std::string subjects_, compatibility_;
  const bool registers_, normalize_;
  std::mutex mutex_;
  const std::unique_ptr<HttpClient> http_;
  size_t answering_ = 0;                                         // of urls_
  std::map<std::pair<std::string, std::string>, uint32_t> ids_;  // by subject and schema
};

Status CheckUrls(const RegistryContext& context) {
  const bool tls = !context.settings.Is("tls", "off") && context.settings.Find("tls") != nullptr;
  for (const std::string& url : context.settings.Texts("urls")) {
    const auto bad = [&](const std::string& why) {
      return Error(ErrorCode::kConfig, "registry `" + context.name + "`: " + why);
    };
    const bool https = url.starts_with("https://");
    if (!https && !url.starts_with("http://"))
      return bad("`" + url + "` is no url: it begins with https:// or http://");
    const std::string rest = url.substr(url.find("//") + 2);
    if (rest.substr(0, rest.find('/')).find('@') != std::string::npos) {
      return bad("a url holds a login; write `user` and `password`");
    }
    if (rest.find_first_of("?#") != std::string::npos) return bad("`" + url + "` has more than a server and a path");
    if (tls && !https) return bad("`" + url + "` is not encrypted, and `tls` asks for it: write https://");
  }
  return OkStatus();
}

HttpSettings HttpSettingsOf(const RegistryContext& context) {
  const catalog::Settings& settings = context.settings;
  const auto secret = [&](const char* name) {
    const auto found = context.secrets.find(name);
    return found == context.secrets.end() ? std::string() : found->second;
  };
  const auto file = [&](const char* name) {
    const std::string path = settings.Text(name);
    return path.empty() ? path : (std::filesystem::path(context.project_root) / path).string();
  };
  HttpSettings http;
  http.timeout_ms = settings.Number("timeout", http.timeout_ms);
  http.content_type = "application/vnd.schemaregistry.v1+json";
  http.user = settings.Text("user");
  http.password = secret("password");
  http.token = secret("token");
  http.check = settings.Is("tls", "trust_any")   ? HttpSettings::Check::kNothing
               : settings.Is("tls", "verify_ca") ? HttpSettings::Check::kAuthority
                                                 : HttpSettings::Check::kIdentity;
  http.ca_file = file("tls.ca");
  http.certificate_file = file("tls.certificate");
  http.key_file = file("tls.private_key");
  http.key_password = secret("tls.private_key_password");
  http.only_tls_1_3 = settings.Is("tls.min_version", "tls1_3");
  return http;
}

}  // namespace

Result<std::shared_ptr<SchemaRegistry>> MakeConfluentRegistry(RegistryContext context) {
  RETURN_IF_ERROR(CheckUrls(context));
  ASSIGN_OR_RETURN(auto http, MakeHttpClient(HttpSettingsOf(context)));
  return std::shared_ptr<SchemaRegistry>(std::make_shared<ConfluentRegistry>(context, std::move(http)));
}

}  // namespace cdc::registry
