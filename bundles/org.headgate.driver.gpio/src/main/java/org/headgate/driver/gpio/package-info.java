/** The lines of GPIO chips: levels, edges, pulses and PWM. */
package org.headgate.driver.gpio;
