CREATE TABLE `keyless` (`a` int DEFAULT NULL, `email` varchar(64) DEFAULT NULL) ENGINE=InnoDB DEFAULT CHARSET=latin1;
