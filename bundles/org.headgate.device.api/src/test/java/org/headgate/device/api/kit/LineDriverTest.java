package org.headgate.device.api.kit;

/** A driver as it should be passes every case of the kit. */
final class LineDriverTest extends LineContract {
    LineDriverTest() {
        super(Defect.NONE);
    }
}
