package org.headgate.driver.spi;

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
import org.headgate.linux.Kernel;
import org.headgate.linux.SpiNodes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Chips on the SPI buses of this machine. */
@Component
public final class SpiDriver implements Driver {
    private static final int MOST_TOGETHER = 256;
    /** Whether there is a chip nobody can tell: a line that nobody drives reads as zeros or ones. */
    private static final ChipOrRegisters.Raw RAW = new ChipOrRegisters.Raw(
            SpiFlags.DEFAULTS,
            register -> true,
            "a register such as 0x0F or 0x0102/16, direct, or exchange/ with what is sent in hex: exchange/060000",
            MOST_TOGETHER,
            false);

    private final Context context;
    private final SpiNodes nodes;
    private final ChipChoice chips;
    private final ChipOrRegisters devices;
    private final Pause pause;
    /** Pi4J wants a name for whatever is open. */
    private final AtomicLong opened = new AtomicLong();

    /** The driver of this machine's buses. */
    @Activate
    public SpiDriver(@Reference Context context) {
        this(context, Kernel.spiNodes(), ChipChoice.on(Chip.Bus.SPI), Pause.REAL);
    }

    SpiDriver(Context context, SpiNodes nodes, ChipChoice chips, Pause pause) {
        this.context = context;
        this.nodes = nodes;
        this.chips = chips;
        this.devices = new ChipOrRegisters(chips, RAW);
        this.pause = pause;
    }

    @Override
    public String name() {
        return "spi";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        return chips.of(settings).map(Chip::channels).orElse(List.of());
    }

    @Override
    public String bus(DeviceSettings settings) throws InvalidSettingException {
        // A search has no address: it opens nothing.
        return settings.address().isEmpty()
                ? ""
                : SpiAddress.parse(settings.address()).busName();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        SpiAddress.parse(settings.address());
        devices.check(settings);
        SpiFlags.of(settings.options());
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
        return Optional.of(new SpiSearch(nodes));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        check(settings);
        SpiAddress address = SpiAddress.parse(settings.address());
        SpiFlags flags = SpiFlags.of(settings.options());
        String id = "headgate-" + address + "-" + opened.incrementAndGet();
        return devices.open(settings, () -> SpiLine.open(context, address, flags, id, pause));
    }
}
