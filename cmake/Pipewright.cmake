# How a Pipewright target is built: one static library per folder, warnings as errors, headers
# named from the repository root (`#include "stdlib/core/result.h"`).

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(PIPEWRIGHT_TESTS "build the tests" ON)
option(PIPEWRIGHT_BENCH "build the benchmarks" OFF)
option(PIPEWRIGHT_FUZZ "build the libFuzzer targets (clang only)" OFF)
set(PIPEWRIGHT_SANITIZE "" CACHE STRING "value of -fsanitize=, empty for none")

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
    add_compile_options(-fno-sanitize-recover=undefined)
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

# pipewright_test(NAME LABEL unit SOURCES … DEPS …): a GoogleTest program, one ctest entry.
function(pipewright_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE pipewright_options ${ARG_DEPS} GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE PIPEWRIGHT_ROOT="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 300)
endfunction()

# Adds the named subfolders that have a CMakeLists.txt.
function(pipewright_folders)
  foreach(folder ${ARGN})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
      add_subdirectory(${folder})
    endif()
  endforeach()
endfunction()
