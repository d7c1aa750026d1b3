#pragma once

#include "stdlib/ddl/ddl.h"

namespace cdc::ddl {

inline Dialect MySql() {
  Dialect dialect;
  dialect.default_database = "shop";
  return dialect;
}

inline Dialect MariaDb() {
  Dialect dialect;
  dialect.mariadb = true;
  dialect.server_version = 101119;
  dialect.default_database = "shop";
  return dialect;
}

}  // namespace cdc::ddl
