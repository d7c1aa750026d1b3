"""A project for the benchmarks of pipec: a schema snapshot of many tables, programs of 100 lines beside it, and one long file."""

HEAD = """-- {name}: what is kept of four tables for one team.

param env: string in ('dev', 'prod') = 'dev';

source db: mysql {{
  address = "shop-mysql.$param.env$.internal:3306";
  user = 'cdc';
  password = env('MYSQL_PASSWORD');
}}

sink bus: kafka {{
  brokers = ["kafka.$param.env$.internal:9092"];
}}

pipe {name} {{
  from db;
  into bus;

  topic "$database$-$tablename$-{name}";
  format canal_json;
"""

TAIL = """
  table shop.r'(tmp_|_).*' skip;

  on add column, modify column, rename column publish to "$database$-ddl-{name}";
  on drop column, drop table, rename table fail;
  on ddl skip;
}}
"""

RULE = """
  -- Rows that somebody has paid for, {table}.
  table shop.{table} {{
    where status in ('paid', 'shipped', 'refunded')
      and not is_test
      and (region <=> 'north' or total_cents + {number} > 100_000);

    select
      * except (internal_note),
      total_cents / 100 as total decimal(24, 4),
      case when total_cents >= 100_000 then 'large' else 'normal' end as size,
      upper(trim(coalesce(region, 'none'))) as area;

    key (id);
    on update when not changed(status, total_cents) skip;
  }}
"""

TABLE = """-- shop.{table}, pulled 2026-11-20
CREATE TABLE `{table}` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `status` enum('draft','paid','shipped','refunded') COLLATE utf8mb4_bin NOT NULL,
  `buyer_id` bigint NOT NULL,
  `total_cents` int NOT NULL,
  `region` varchar(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `internal_note` text COLLATE utf8mb4_bin,
  `is_test` tinyint(1) NOT NULL DEFAULT '0',
  `created_at` datetime(6) NOT NULL,
  `updated_at` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  KEY `by_buyer` (`buyer_id`,`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
"""

RULES_PER_FILE = 4
TABLES = 1_000


def table_name(number):
    return f"orders_{number % TABLES:04d}"


def program(name, first, rules, lines=0):
    """The text of a program with so many rules from table number `first` on, filled up with comments to so many lines."""
    text = HEAD.format(name=name)
    for number in range(first, first + rules):
        text += RULE.format(table=table_name(number), number=number)
    text += TAIL.format(name=name)
    text += "-- nothing more\n" * max(0, lines - text.count("\n"))
    return text


def write(folder, programs, long_lines):
    """Writes `programs` files of 100 lines, one of `long_lines`, and the snapshot of 1,000 tables; returns the long file's path."""
    schema = folder / "schema/db/shop"
    schema.mkdir(parents=True)
    (folder / "project.pipe").write_text("project shop {\n  schema = 'schema';\n}\n")
    for number in range(TABLES):
        (schema / f"{table_name(number)}.sql").write_text(TABLE.format(table=table_name(number)))
    (folder / "small").mkdir()
    for number in range(programs):
        name = f"team_{number:04d}"
        (folder / f"small/{name}.pipe").write_text(program(name, number * RULES_PER_FILE, RULES_PER_FILE, 100))
    # As many pipes as it takes: a table belongs to one rule of a pipe.
    pipe = HEAD[HEAD.index("pipe {name}"):]
    text, number = HEAD.format(name="long_0"), 0
    while text.count("\n") + RULE.count("\n") < long_lines:
        if number % TABLES == 0 and number > 0:
            text += TAIL.format(name=f"long_{number - TABLES}") + "\n" + pipe.format(name=f"long_{number}")
        text += RULE.format(table=table_name(number), number=number)
        number += 1
    text += TAIL.format(name=f"long_{(number - 1) // TABLES * TABLES}")
    long_file = folder / "long/long.pipe"
    long_file.parent.mkdir()
    long_file.write_text(text)
    return long_file
