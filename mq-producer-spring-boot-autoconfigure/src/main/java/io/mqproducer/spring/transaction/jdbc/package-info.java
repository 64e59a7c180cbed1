/** The transaction log in a table of the application's own database. Needs spring-jdbc. */
@NullMarked
package io.mqproducer.spring.transaction.jdbc;

import org.jspecify.annotations.NullMarked;
