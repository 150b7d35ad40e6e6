/** Thermometers on 1-Wire, through the kernel. */
package org.headgate.driver.w1;
