/** Measuring instruments that speak SCPI over TCP. Also the example of docs/driver.md. */
package org.headgate.driver.scpi;
