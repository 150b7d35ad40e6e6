/** OPC UA client: sessions and subscriptions that heal themselves, by Eclipse Milo, which is embedded here and nowhere else. */
package org.headgate.driver.opcua;
