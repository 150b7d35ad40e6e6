package org.headgate.driver.spi;

import com.pi4j.context.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.headgate.chips.Chip;
import org.headgate.chips.ChipChoice;
import org.headgate.chips.ChipConnection;
import org.headgate.chips.Pause;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.Kernel;
import org.headgate.linux.SpiNodes;
import org.headgate.registers.RegisterConnection;
import org.headgate.registers.RegisterMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Chips on the SPI buses of this machine. */
@Component
public final class SpiDriver implements Driver {
    private static final String AUTO_INCREMENT = "auto-increment";
    private static final Set<String> KEYS = Set.of(AUTO_INCREMENT, SpiFlags.READ, SpiFlags.WRITE);
    private static final String SOURCES =
            "a register such as 0x0F or 0x0102/16, direct, or exchange/ with what is sent in hex: exchange/060000";
    private static final int MOST_TOGETHER = 256;

    private final Context context;
    private final SpiNodes nodes;
    private final ChipChoice chips;
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
        Optional<Chip> chip = checkedChip(settings);
        if (chip.isPresent()) {
            ChipChoice.checkSources(chip.get(), settings.channels());
        } else {
            SpiFlags.of(settings.options());
            registers(settings);
        }
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put(ChipChoice.KEY, "");
        Optional<Chip> chip = Optional.empty();
        try {
            chip = chips.of(settings);
        } catch (InvalidSettingException unknownChip) {
            defaults.put(ChipChoice.KEY, "");
        }
        chip.ifPresentOrElse(known -> defaults.putAll(known.defaults()), () -> {
            defaults.put(SpiFlags.READ, SpiFlags.READ_STANDARD);
            defaults.put(SpiFlags.WRITE, SpiFlags.WRITE_STANDARD);
            defaults.put(AUTO_INCREMENT, "false");
        });
        return defaults;
    }

    @Override
    public Map<String, Map<String, String>> profiles() {
        return chips.profiles();
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new SpiSearch(nodes));
    }

    /** Whether there is a chip nobody can tell: a line that nobody drives reads as zeros or ones. */
    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        SpiAddress address = SpiAddress.parse(settings.address());
        Optional<Chip> chip = checkedChip(settings);
        SpiFlags flags = SpiFlags.of(settings.options());
        if (chip.isPresent()) {
            ChipChoice.checkSources(chip.get(), settings.channels());
            SpiLine line = line(address, flags);
            return ChipConnection.open(chip.get(), ChipChoice.settings(chip.get(), settings), line, line::close);
        }
        return new RegisterConnection(registers(settings), line(address, flags));
    }

    private SpiLine line(SpiAddress address, SpiFlags flags) throws IOException {
        String id = "headgate-" + address + "-" + opened.incrementAndGet();
        return SpiLine.open(context, address, flags, id, pause);
    }

    private Optional<Chip> checkedChip(DeviceSettings settings) throws InvalidSettingException {
        Optional<Chip> chip = chips.of(settings);
        ChipChoice.checkKeys(chip, settings, chip.isPresent() ? Set.of() : KEYS);
        return chip;
    }

    private static RegisterMap registers(DeviceSettings settings) throws InvalidSettingException {
        String text = settings.options().getOrDefault(AUTO_INCREMENT, "false");
        boolean neighbours =
                Texts.flag(text).orElseThrow(() -> new InvalidSettingException(AUTO_INCREMENT, text, "true or false"));
        return new RegisterMap(settings.channels(), register -> true, SOURCES, neighbours, MOST_TOGETHER);
    }
}
