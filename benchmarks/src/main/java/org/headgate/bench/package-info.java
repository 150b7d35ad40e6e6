/** {@code ./headgate bench NAME}: progress on stderr, one JSON object on stdout, no figure typed by hand. */
package org.headgate.bench;
