#include "runtime/registry/http_client.h"

#include <curl/curl.h>

#include <mutex>
#include <utility>

namespace cdc::registry {
namespace {

size_t Receive(char* bytes, size_t size, size_t count, void* to) {
  auto* body = static_cast<std::string*>(to);
  if (body->size() + size * count > kResponseBytesMax) return 0;
  body->append(bytes, size * count);
  return size * count;
}

bool IsOfSettings(CURLcode code) {
  return code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CRL_BADFILE ||
         code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT;
}

class CurlClient : public HttpClient {
 public:
  CurlClient(CURL* curl, HttpSettings settings) : curl_(curl), settings_(std::move(settings)) {
    for (const char* name : {"Content-Type: ", "Accept: "}) {
      headers_ = curl_slist_append(headers_, (name + settings_.content_type).c_str());
    }
    headers_ = curl_slist_append(headers_, "Expect:");
    SetTransport();
    SetLogin();
    SetTls();
  }
  ~CurlClient() override {
    curl_easy_cleanup(curl_);
    curl_slist_free_all(headers_);
  }

  Result<HttpResponse> Send(const std::string& method, const std::string& url, const std::string& body) override {
    HttpResponse response;
    reason_[0] = '\0';
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl_, CURLOPT_HTTPGET, 1L);
    if (method != "GET") {
      curl_easy_setopt(curl_, CURLOPT_POST, 1L);
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.data());
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    }
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, method.c_str());
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &response.body);
    const CURLcode code = curl_easy_perform(curl_);
    if (code != CURLE_OK) {
      const std::string reason = reason_[0] != '\0' ? reason_ : curl_easy_strerror(code);
      return Error(IsOfSettings(code) ? ErrorCode::kConfig : ErrorCode::kRegistryLost, reason);
    }
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
    return response;
  }

 private:
  void SetTransport() {
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, reason_);
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, Receive);
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeout_ms));
    curl_easy_setopt(curl_, CURLOPT_USERAGENT, "pipewright");
  }

  void SetLogin() {
    if (!settings_.token.empty()) {
      curl_easy_setopt(curl_, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
      curl_easy_setopt(curl_, CURLOPT_XOAUTH2_BEARER, settings_.token.c_str());
    } else if (!settings_.user.empty()) {
      curl_easy_setopt(curl_, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
      curl_easy_setopt(curl_, CURLOPT_USERNAME, settings_.user.c_str());
      curl_easy_setopt(curl_, CURLOPT_PASSWORD, settings_.password.c_str());
    }
  }

  void SetTls() {
    using Check = HttpSettings::Check;
    curl_easy_setopt(curl_, CURLOPT_SSL_VERIFYPEER, settings_.check == Check::kNothing ? 0L : 1L);
    curl_easy_setopt(curl_, CURLOPT_SSL_VERIFYHOST, settings_.check == Check::kIdentity ? 2L : 0L);
    curl_easy_setopt(curl_, CURLOPT_SSLVERSION,
                     settings_.only_tls_1_3 ? CURL_SSLVERSION_TLSv1_3 : CURL_SSLVERSION_TLSv1_2);
    const auto set_file = [this](CURLoption option, const std::string& file) {
      if (!file.empty()) curl_easy_setopt(curl_, option, file.c_str());
    };
    set_file(CURLOPT_CAINFO, settings_.ca_file);
    set_file(CURLOPT_SSLCERT, settings_.certificate_file);
    set_file(CURLOPT_SSLKEY, settings_.key_file);
    set_file(CURLOPT_KEYPASSWD, settings_.key_password);
  }

  CURL* const curl_;
  const HttpSettings settings_;
  curl_slist* headers_ = nullptr;
  char reason_[CURL_ERROR_SIZE] = {};
};

}  // namespace

Result<std::unique_ptr<HttpClient>> MakeHttpClient(HttpSettings settings) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  CURL* const curl = curl_easy_init();
  if (curl == nullptr) return Error(ErrorCode::kResource, "libcurl cannot be set up");
  return std::unique_ptr<HttpClient>(std::make_unique<CurlClient>(curl, std::move(settings)));
}

}  // namespace cdc::registry
