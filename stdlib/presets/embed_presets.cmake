# cmake -D FOLDER=stdlib/presets -D OUT=presets.cpp -P embed_presets.cmake: writes what presets.h declares.
file(GLOB presets RELATIVE ${FOLDER} ${FOLDER}/*.pipe)
list(SORT presets)
set(entries "")
foreach(preset ${presets})
  string(REGEX REPLACE "[.]pipe$" "" name ${preset})
  file(READ ${FOLDER}/${preset} text)
  string(APPEND entries "      {\"${name}\", R\"preset(${text})preset\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"stdlib/presets/presets.h\"

namespace cdc::presets {

const std::vector<Preset>& Presets() {
  static const std::vector<Preset>* const presets = new std::vector<Preset>{
${entries}  };
  return *presets;
}

}  // namespace cdc::presets
")
