package org.headgate.driver.i2c;

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
import org.headgate.linux.I2cAdapters;
import org.headgate.linux.Kernel;
import org.headgate.registers.Register;
import org.headgate.registers.RegisterConnection;
import org.headgate.registers.RegisterMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Chips on the I2C buses of this machine. */
@Component
public final class I2cDriver implements Driver {
    private static final String AUTO_INCREMENT = "auto-increment";
    /** What an adapter that knows SMBus alone can read at once: SMBus 3.0, section 6.5.7. */
    private static final int MOST_TOGETHER = 32;

    private final Context context;
    private final I2cAdapters adapters;
    private final ChipChoice chips;
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
        Optional<Chip> chip = checkedChip(settings);
        if (chip.isPresent()) {
            ChipChoice.checkSources(chip.get(), settings.channels());
        } else {
            registers(settings);
        }
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put(ChipChoice.KEY, "");
        try {
            chips.of(settings)
                    .ifPresentOrElse(
                            chip -> defaults.putAll(chip.defaults()), () -> defaults.put(AUTO_INCREMENT, "false"));
        } catch (InvalidSettingException unknownChip) {
            defaults.put(AUTO_INCREMENT, "false");
        }
        return defaults;
    }

    @Override
    public Map<String, Map<String, String>> profiles() {
        return chips.profiles();
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new I2cSearch(adapters, chips, this::line));
    }

    /** A chip that is not there is found out here: registers by reading the first of them, which will be read anyway. */
    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        I2cAddress address = I2cAddress.ofChip(settings.address());
        Optional<Chip> chip = checkedChip(settings);
        if (chip.isPresent()) {
            ChipChoice.checkSources(chip.get(), settings.channels());
            I2cLine line = line(address);
            return ChipConnection.open(chip.get(), ChipChoice.settings(chip.get(), settings), line, line::close);
        }
        RegisterMap map = registers(settings);
        RegisterConnection connection = new RegisterConnection(map, line(address));
        boolean answers = false;
        try {
            connection.probe(settings.channels());
            answers = true;
            return connection;
        } finally {
            if (!answers) {
                connection.close();
            }
        }
    }

    private I2cLine line(I2cAddress address) throws IOException {
        return I2cLine.open(context, address, "headgate-" + address + "-" + opened.incrementAndGet(), pause);
    }

    private Optional<Chip> checkedChip(DeviceSettings settings) throws InvalidSettingException {
        Optional<Chip> chip = chips.of(settings);
        ChipChoice.checkKeys(chip, settings, chip.isPresent() ? Set.of() : Set.of(AUTO_INCREMENT));
        return chip;
    }

    private static RegisterMap registers(DeviceSettings settings) throws InvalidSettingException {
        String text = settings.options().getOrDefault(AUTO_INCREMENT, "false");
        boolean neighbours =
                Texts.flag(text).orElseThrow(() -> new InvalidSettingException(AUTO_INCREMENT, text, "true or false"));
        return new RegisterMap(
                settings.channels(),
                register -> register.kind() != Register.Kind.EXCHANGE,
                Register.EXPECTED,
                neighbours,
                MOST_TOGETHER);
    }
}
