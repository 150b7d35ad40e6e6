package org.headgate.driver.i2c;

import com.pi4j.context.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.headgate.chips.Chip;
import org.headgate.chips.ChipChoice;
import org.headgate.chips.ChipOrRegisters;
import org.headgate.chips.Pause;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.I2cAdapters;
import org.headgate.linux.Kernel;
import org.headgate.registers.Register;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Chips on the I2C buses of this machine. */
@Component
public final class I2cDriver implements Driver {
    /** What an adapter that knows SMBus alone can read at once: SMBus 3.0, section 6.5.7. */
    private static final int MOST_TOGETHER = 32;

    private static final ChipOrRegisters.Raw RAW = new ChipOrRegisters.Raw(
            Map.of(), register -> register.kind() != Register.Kind.EXCHANGE, Register.EXPECTED, MOST_TOGETHER, true);

    private final Context context;
    private final I2cAdapters adapters;
    private final ChipChoice chips;
    private final ChipOrRegisters devices;
    private final Pause pause;
    /** Pi4J wants a name for whatever is open. */
    private final AtomicLong opened = new AtomicLong();

    /** The driver of this machine's buses. */
    @Activate
    public I2cDriver(@Reference Context context) {
        this(context, Kernel.i2cAdapters(), ChipChoice.on(Chip.Bus.I2C), Pause.REAL);
    }

    I2cDriver(Context context, I2cAdapters adapters, ChipChoice chips, Pause pause) {
        this.context = context;
        this.adapters = adapters;
        this.chips = chips;
        this.devices = new ChipOrRegisters(chips, RAW);
        this.pause = pause;
    }

    @Override
    public String name() {
        return "i2c";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        return chips.of(settings).map(Chip::channels).orElse(List.of());
    }

    @Override
    public String bus(DeviceSettings settings) throws InvalidSettingException {
        return I2cAddress.parse(settings.address()).busName();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        I2cAddress.ofChip(settings.address());
        devices.check(settings);
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        return devices.defaults(settings);
    }

    @Override
    public Map<String, Map<String, String>> profiles() {
        return chips.profiles();
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new I2cSearch(adapters, chips, this::line));
    }

    /** A chip that is not there is found out here. */
    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        I2cAddress address = I2cAddress.ofChip(settings.address());
        return devices.open(settings, () -> line(address));
    }

    private I2cLine line(I2cAddress address) throws IOException {
        return I2cLine.open(context, address, "headgate-" + address + "-" + opened.incrementAndGet(), pause);
    }
}
