/** Devices on the SPI buses of this machine: registers, raw exchanges, and chips that are more than that. */
package org.headgate.driver.spi;
