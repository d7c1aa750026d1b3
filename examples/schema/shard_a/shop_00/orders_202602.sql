CREATE TABLE `orders_202602` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `buyer_id` int unsigned NOT NULL,
  `status` enum('draft','paid','shipped','refunded') NOT NULL,
  `total_cents` int unsigned NOT NULL,
  `coupon` varchar(20) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
