1CREATE TABLE `t` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `u` uuid NOT NULL DEFAULT uuid(),
  `ip` inet6 DEFAULT NULL,
  `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),
  `c` varchar(100) /*M!100301 COMPRESSED*/ DEFAULT NULL,
  `ts` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `seq` bigint(20) DEFAULT nextval(`db`.`s`),
  `x` int(11) GENERATED ALWAYS AS (`id` + 1) VIRTUAL,
  `p` point DEFAULT NULL REF_SYSTEM_ID=4326,
  `rs` timestamp(6) GENERATED ALWAYS AS ROW START,
  `re` timestamp(6) GENERATED ALWAYS AS ROW END,
  `y` year(4) DEFAULT NULL,
  `f` tinyint(1) DEFAULT 0,
  PRIMARY KEY (`id`,`re`),
  UNIQUE KEY `w` (`id`,`per` WITHOUT OVERLAPS),
  PERIOD FOR SYSTEM_TIME (`rs`, `re`),
  PERIOD FOR `per` (`a`, `b`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci WITH SYSTEM VERSIONING