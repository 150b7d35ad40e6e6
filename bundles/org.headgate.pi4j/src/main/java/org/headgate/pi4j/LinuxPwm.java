package org.headgate.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmBase;
import com.pi4j.io.pwm.PwmConfig;
import com.pi4j.io.pwm.PwmProvider;
import org.headgate.linux.PwmChannel;

/** A channel of a PWM chip. */
final class LinuxPwm extends PwmBase {
    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;

    private final PwmChannel channel;

    LinuxPwm(PwmProvider provider, PwmConfig config, PwmChannel channel) {
        super(provider, config);
        this.channel = channel;
    }

    @Override
    public Pwm on() {
        long period = Math.round(NANOS / frequency);
        Refused.tell(() -> {
            channel.set(period, Math.round(period * dutyCycle / PERCENT));
            channel.enable(true);
        });
        onState = true;
        return this;
    }

    @Override
    public Pwm off() {
        Refused.tell(() -> channel.enable(false));
        onState = false;
        return this;
    }

    @Override
    public Pwm shutdown(Context context) {
        try {
            return super.shutdown(context);
        } finally {
            channel.close();
        }
    }
}
