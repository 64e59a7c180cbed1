insert into stock (product, pieces) values ('tea', 100000), ('coffee', 100000), ('cocoa', 100000);
