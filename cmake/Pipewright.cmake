# How a Pipewright target is built: one static library per folder, warnings as errors, headers
# named from the repository root (`#include "stdlib/core/result.h"`).

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(PIPEWRIGHT_TESTS "build the tests" ON)
# Several files of a target to a compilation: half the build is reading headers. An editor builds with it off.
option(PIPEWRIGHT_UNITY "compile files together" ON)
set(CMAKE_UNITY_BUILD ${PIPEWRIGHT_UNITY})

option(PIPEWRIGHT_BENCH "build the benchmarks" OFF)
option(PIPEWRIGHT_FUZZ "build the libFuzzer targets (clang only)" OFF)
set(PIPEWRIGHT_FUZZ_SECONDS 30 CACHE STRING "how long ctest runs each libFuzzer target")
set(PIPEWRIGHT_SANITIZE "" CACHE STRING "value of -fsanitize=, empty for none")
set(PIPEWRIGHT_BEHIND "" CACHE STRING "ctest fixture that builds this folder; its tests follow and take the time that others leave")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

if(PIPEWRIGHT_SANITIZE)
  add_compile_options(-fsanitize=${PIPEWRIGHT_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PIPEWRIGHT_SANITIZE})
  if(PIPEWRIGHT_SANITIZE MATCHES "undefined")
    # Left out is what costs a fifth of the build and ASan reports where it does harm.
    add_compile_options(-fno-sanitize-recover=undefined -fno-sanitize=null,vptr,object-size)
  endif()
endif()

add_library(pipewright_options INTERFACE)
target_include_directories(pipewright_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(pipewright_options INTERFACE -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers)
target_compile_definitions(pipewright_options INTERFACE PIPEWRIGHT_VERSION="${PROJECT_VERSION}")

# pipewright_library(NAME SOURCES a.cpp … DEPS other_target … PRIVATE_DEPS third::party …)
# A folder of headers only has no SOURCES.
function(pipewright_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC pipewright_options ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE pipewright_options ${ARG_DEPS})
  endif()
endfunction()

# pipewright_tier(LABEL target …): what must be built before the ctest entries of this label run; target tests_<LABEL>.
function(pipewright_tier label)
  if(NOT TARGET tests_${label})
    add_custom_target(tests_${label})
  endif()
  if(ARGN)
    add_dependencies(tests_${label} ${ARGN})
  endif()
endfunction()

# pipewright_ctest(NAME LABEL TIMEOUT_S COMMAND …): a ctest entry; see PIPEWRIGHT_BEHIND.
function(pipewright_ctest name label timeout_s)
  if(PIPEWRIGHT_BEHIND)
    add_test(NAME ${name} COMMAND ${PROJECT_SOURCE_DIR}/scripts/behind ${ARGN})
    set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED ${PIPEWRIGHT_BEHIND})
  else()
    add_test(NAME ${name} COMMAND ${ARGN})
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${timeout_s})
endfunction()

# pipewright_test(NAME LABEL unit SOURCES … DEPS …): a GoogleTest program, one ctest entry.
function(pipewright_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE pipewright_options ${ARG_DEPS} GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE PIPEWRIGHT_ROOT="${PROJECT_SOURCE_DIR}")
  pipewright_ctest(${name} ${ARG_LABEL} 600 $<TARGET_FILE:${name}>)
  pipewright_tier(${ARG_LABEL} ${name})
endfunction()

# pipewright_fuzz(NAME SOURCES … DEPS … SEEDS folder … OPTIONS -max_len=4096 …): a libFuzzer program fuzz_<NAME>, one
# ctest entry of label fuzz that runs for PIPEWRIGHT_FUZZ_SECONDS. What it learns stays in <build>/fuzz/<NAME>; an input
# that crashes it is written beside as <NAME>-crash-….
function(pipewright_fuzz name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;SEEDS;OPTIONS" ${ARGN})
  add_executable(fuzz_${name} ${ARG_SOURCES})
  target_link_libraries(fuzz_${name} PRIVATE pipewright_options ${ARG_DEPS})
  target_compile_definitions(fuzz_${name} PRIVATE PIPEWRIGHT_ROOT="${PROJECT_SOURCE_DIR}")
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  set(learned ${CMAKE_BINARY_DIR}/fuzz/${name})
  file(MAKE_DIRECTORY ${learned})
  math(EXPR timeout_s "${PIPEWRIGHT_FUZZ_SECONDS} + 120")
  pipewright_ctest(fuzz_${name} fuzz ${timeout_s}
    $<TARGET_FILE:fuzz_${name}> -max_total_time=${PIPEWRIGHT_FUZZ_SECONDS} -timeout=$<IF:$<CONFIG:Debug>,60,10> -rss_limit_mb=2048 -print_final_stats=1
    -artifact_prefix=${learned}- ${ARG_OPTIONS} ${learned} ${ARG_SEEDS})
  pipewright_tier(fuzz fuzz_${name})
endfunction()

# Adds the named subfolders that have a CMakeLists.txt.
function(pipewright_folders)
  foreach(folder ${ARGN})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
      add_subdirectory(${folder})
    endif()
  endforeach()
endfunction()
