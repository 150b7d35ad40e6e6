/** Modbus over TCP, serial lines and serial lines behind TCP. */
package org.headgate.driver.modbus;
