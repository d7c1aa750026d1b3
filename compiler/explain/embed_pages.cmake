# cmake -D FOLDER=docs/language/rules -D DIFFERENCES=docs/language/differences.md -D OUT=rule_pages.cpp -P embed_pages.cmake:
# writes what rule_pages.h declares.
file(GLOB pages RELATIVE ${FOLDER} ${FOLDER}/PIPE*.md)
list(SORT pages)
set(entries "")
foreach(page ${pages})
  string(REGEX REPLACE "^PIPE0*([0-9]+)[.]md$" "\\1" number ${page})
  file(READ ${FOLDER}/${page} text)
  string(APPEND entries "      {${number}, R\"page(${text})page\"},\n")
endforeach()
file(READ ${DIFFERENCES} differences)
file(WRITE ${OUT} "#include \"compiler/explain/rule_pages.h\"

namespace cdc::explain {

const std::vector<RulePage>& RulePages() {
  static const std::vector<RulePage>* const pages = new std::vector<RulePage>{
${entries}  };
  return *pages;
}

std::string_view DifferencesPage() {
  return R\"page(${differences})page\";
}

}  // namespace cdc::explain
")
