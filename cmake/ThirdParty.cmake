# Where every library outside the C++ standard comes from. Debian 12's packages, except librdkafka
# and the ANTLR tool, which ./setup builds or fetches into PIPEWRIGHT_DEPS.

set(PIPEWRIGHT_DEPS "$ENV{HOME}/.cache/pipewright" CACHE PATH "librdkafka and the ANTLR tool, from scripts/setup")

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
find_library(RE2_STATIC_LIBRARY NAMES libre2.a)
add_library(re2_library INTERFACE)
target_include_directories(re2_library SYSTEM INTERFACE $<TARGET_PROPERTY:PkgConfig::RE2,INTERFACE_INCLUDE_DIRECTORIES>)
target_link_libraries(re2_library INTERFACE
  $<IF:$<BOOL:$<TARGET_PROPERTY:PIPEWRIGHT_STATIC>>,${RE2_STATIC_LIBRARY},PkgConfig::RE2> Threads::Threads)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(MARIADB REQUIRED IMPORTED_TARGET libmariadb)

# ANTLR: the 4.9 runtime of the distribution and the 4.9 tool.
find_path(ANTLR4_INCLUDE_DIR antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR4_LIBRARY NAMES antlr4-runtime REQUIRED)
add_library(antlr4_runtime INTERFACE)
target_include_directories(antlr4_runtime SYSTEM INTERFACE ${ANTLR4_INCLUDE_DIR})
find_library(ANTLR4_STATIC_LIBRARY NAMES libantlr4-runtime.a)
target_link_libraries(antlr4_runtime INTERFACE
  $<IF:$<BOOL:$<TARGET_PROPERTY:PIPEWRIGHT_STATIC>>,${ANTLR4_STATIC_LIBRARY},${ANTLR4_LIBRARY}>)
find_file(ANTLR4_TOOL antlr-4.9-complete.jar PATHS ${PIPEWRIGHT_DEPS}/antlr NO_DEFAULT_PATH REQUIRED)
find_package(Java REQUIRED COMPONENTS Runtime)

# librdkafka: static, at least 2.8 (2.0.2 of Debian 12 cannot log in by SCRAM to Kafka 4 and has a
# fatal idempotence fault after disconnects).
find_library(RDKAFKA_LIBRARY NAMES librdkafka.a PATHS ${PIPEWRIGHT_DEPS}/librdkafka/lib NO_DEFAULT_PATH REQUIRED)
find_path(RDKAFKA_INCLUDE_DIR librdkafka/rdkafka.h PATHS ${PIPEWRIGHT_DEPS}/librdkafka/include NO_DEFAULT_PATH REQUIRED)
file(STRINGS ${RDKAFKA_INCLUDE_DIR}/librdkafka/rdkafka.h RDKAFKA_VERSION_LINE REGEX "#define RD_KAFKA_VERSION ")
string(REGEX MATCH "0x[0-9a-f]+" RDKAFKA_VERSION_HEX "${RDKAFKA_VERSION_LINE}")
if(RDKAFKA_VERSION_HEX STRLESS "0x020601ff")
  message(FATAL_ERROR "librdkafka ${RDKAFKA_VERSION_HEX} is older than 2.6.1; run scripts/setup")
endif()
pkg_check_modules(RDKAFKA_NEEDS REQUIRED IMPORTED_TARGET libcurl libzstd liblz4 libsasl2 openssl zlib)
add_library(rdkafka INTERFACE)
target_include_directories(rdkafka SYSTEM INTERFACE ${RDKAFKA_INCLUDE_DIR})
target_link_libraries(rdkafka INTERFACE ${RDKAFKA_LIBRARY} PkgConfig::RDKAFKA_NEEDS Threads::Threads ${CMAKE_DL_LIBS} m)

if(PIPEWRIGHT_TESTS OR PIPEWRIGHT_BENCH)
  find_package(GTest REQUIRED)
endif()
if(PIPEWRIGHT_BENCH)
  find_package(benchmark REQUIRED)
endif()
