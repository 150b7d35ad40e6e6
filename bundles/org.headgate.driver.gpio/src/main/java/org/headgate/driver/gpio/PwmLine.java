package org.headgate.driver.gpio;

import com.pi4j.io.pwm.Pwm;
import java.io.IOException;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/** A channel of a PWM chip: its duty cycle in percent, 0 while it is off. */
final class PwmLine implements Line {
    private static final double MOST = 100;

    private final String called;
    private final Pwm pwm;
    private final Runnable release;

    PwmLine(String called, Pwm pwm, Runnable release) {
        this.called = called;
        this.pwm = pwm;
        this.release = release;
    }

    @Override
    public void read(Channel channel, int index, Readings into) throws IOException {
        into.set(index, Refusal.checked(called, () -> pwm.isOn() ? (double) pwm.getDutyCycle() : 0.0));
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        double percent = value instanceof Number number ? number.doubleValue() : Double.NaN;
        if (!(percent >= 0 && percent <= MOST)) {
            throw new IOException(called + ": " + value + " (expected: a duty cycle from 0 to 100 percent)");
        }
        // With 0 this switches it off.
        Refusal.checked(called, () -> pwm.on(percent));
    }

    @Override
    public void close() {
        release.run();
    }
}
