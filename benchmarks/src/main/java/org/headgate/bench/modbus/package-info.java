/** What stands around the gateway while its Modbus polls are measured. */
package org.headgate.bench.modbus;
