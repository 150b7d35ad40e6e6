/** Devices on serial lines that speak in frames of text or bytes. */
package org.headgate.driver.uart;
