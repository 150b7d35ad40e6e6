package org.headgate.driver.modbus;

import org.headgate.device.api.Channel;

/**
 * A channel, understood.
 *
 * @param source its first register, or its bit
 * @param coding how its value lies there; for a bit not asked
 */
record Point(Channel channel, Source source, Coding coding) {
    Table table() {
        return source.table();
    }

    int start() {
        return source.address();
    }

    /** One behind its last register. */
    int end() {
        return source.address() + (source.table().hasBits() ? 1 : coding.registers());
    }
}
