/** Devices on the I2C buses of this machine: registers, and chips that are more than that. */
package org.headgate.driver.i2c;
