/** Programs of the user: each line of JSON that one prints is a row. */
package org.headgate.driver.process;
