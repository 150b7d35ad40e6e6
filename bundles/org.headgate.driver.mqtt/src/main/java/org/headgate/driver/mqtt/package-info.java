/** Devices that publish to an MQTT broker. */
package org.headgate.driver.mqtt;
