/** Reads this Linux machine from /proc and /sys. */
package org.headgate.driver.host;
