package org.headgate.driver.process;

import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.device.api.InvalidSettingException;

/**
 * What a program may take.
 *
 * @param memory bytes; 0 for as many as there are
 * @param cpu per cent of one processor; 0 for all of them
 * @param required whether it must not run where these cannot be kept
 */
record Limits(long memory, int cpu, boolean required) {
    private static final long LEAST_MEMORY = 1 << 20;
    private static final int MOST_CPU = 6400;

    boolean none() {
        return memory == 0 && cpu == 0;
    }

    static Limits parse(Map<String, String> options) throws InvalidSettingException {
        String memory = options.getOrDefault("memory", "");
        String cpu = options.getOrDefault("cpu", "");
        return new Limits(
                memory.isEmpty() ? 0 : memory(memory),
                cpu.isEmpty() ? 0 : cpu(cpu),
                Setup.oneOf("limits", options, "best-effort", "required").equals("required"));
    }

    private static long memory(String text) throws InvalidSettingException {
        Optional<Long> bytes = Texts.bytes(text).filter(size -> size >= LEAST_MEMORY);
        return bytes.orElseThrow(() -> new InvalidSettingException("memory", text, "a size from 1MiB on"));
    }

    private static int cpu(String text) throws InvalidSettingException {
        Optional<Integer> share = text.matches("\\d{1,4}%")
                ? Optional.of(Integer.valueOf(text.substring(0, text.length() - 1)))
                : Optional.empty();
        return share.filter(percent -> percent > 0 && percent <= MOST_CPU)
                .orElseThrow(() -> new InvalidSettingException("cpu", text, "a share of one processor such as 20%"));
    }
}
