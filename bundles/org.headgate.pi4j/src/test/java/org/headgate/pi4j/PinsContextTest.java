package org.headgate.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.context.Context;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfigBuilder;
import com.pi4j.io.i2c.I2CConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.linux.EdgePump;
import org.headgate.linux.KernelException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PinsContextTest {
    private static final int NO_SUCH_BUS = 199;

    private final EdgePump pump = new EdgePump();

    @AfterEach
    void end() {
        pump.close();
    }

    private static List<String> providers(Context context) {
        return context.providers().all().keySet().stream().sorted().toList();
    }

    @Test
    void hasTheProvidersThatItWasMadeWithAndNoOthers() {
        assertThat(providers(PinsContext.context("linux", pump)))
                .containsExactly("linux-digital-input", "linux-digital-output", "linux-i2c", "linux-pwm", "linux-spi");
        assertThat(providers(PinsContext.context("mock", pump))).hasSize(5).allMatch(id -> id.startsWith("mock-"));
        assertThat(providers(PinsContext.context("pi4j", pump))).hasSize(5).noneMatch(id -> id.contains("linux-i2c"));
    }

    @Test
    void whatTheKernelRefusesIsOneLineWithItsCause() {
        Context context = PinsContext.context("linux", pump);
        assertThatThrownBy(() -> context.create(I2CConfigBuilder.newInstance(context)
                        .id("x")
                        .bus(NO_SUCH_BUS)
                        .device(0x76)
                        .build()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no I2C bus i2c-199 (there are: ")
                .hasMessageContaining("gateway:doctor i2c")
                .hasCauseInstanceOf(KernelException.class);
        context.shutdown();
    }

    @Test
    void closesWhatIsRegisteredAndWhatIsNot() {
        Context context = PinsContext.context("mock", pump);
        DigitalInput input = context.create(DigitalInputConfigBuilder.newInstance(context)
                .id("a")
                .address(3)
                .debounce(0L)
                .build());
        Pins.close(context, input);
        Pins.close(context, input);
        assertThat(context.registry().exists("a")).isFalse();
        context.create(DigitalInputConfigBuilder.newInstance(context)
                .id("a")
                .address(3)
                .debounce(0L)
                .build());
        context.shutdown();
    }

    @Test
    void aWrongFileIsNamed() {
        assertThat(problems(Map.of("providers", "mock"))).isEmpty();
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of("providers", "pigpio")))
                .containsExactly("providers: pigpio (expected: one of linux, mock, pi4j)");
        assertThat(problems(Map.of("provider", "mock"))).hasSize(1).allMatch(line -> line.startsWith("provider: mock"));
    }

    private static List<String> problems(Map<String, String> keys) {
        Instance instance =
                new Instance("pi4j", "headgate.pi4j.cfg", new Settings(new HashMap<>(keys)), Optional.empty());
        return new PinsValidator().problems(instance, null);
    }
}
