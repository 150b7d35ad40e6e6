/** The rules engine beside loops written by hand and beside Siddhi. */
package org.headgate.bench.rules;
