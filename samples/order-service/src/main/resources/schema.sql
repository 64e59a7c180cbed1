create table orders (
    id        varchar(36) primary key,
    customer  varchar(100) not null,
    product   varchar(100) not null,
    pieces    int not null,
    placed_at timestamp with time zone not null
);

create table stock (
    product varchar(100) primary key,
    pieces  int not null check (pieces >= 0)
);

create table reminder (
    order_id      varchar(36) primary key,
    recall_handle varchar(1000) not null
);
