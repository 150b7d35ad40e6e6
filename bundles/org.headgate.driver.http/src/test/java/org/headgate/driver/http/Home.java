package org.headgate.driver.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Secrets;
import org.headgate.system.api.HostNames;
import org.headgate.system.api.kit.Threads;

/** Secrets in memory, and the files of a folder. */
final class Home implements Secrets {
    /** Hosts as the machine finds them. */
    static final HostNames NAMES = new HostNames(new Threads());

    static final String TOKEN = "s3cret-token";

    private final Map<String, byte[]> texts = new ConcurrentHashMap<>();

    Home() {
        put("meter-token", TOKEN);
        put("password", "open sesame");
    }

    Vault vault(Path folder) {
        return new Vault(new HomeFiles(folder), this);
    }

    void put(String name, String text) {
        texts.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<char[]> resolve(String value) {
        return content(value).map(bytes -> new String(bytes, StandardCharsets.UTF_8).toCharArray());
    }

    @Override
    public Optional<byte[]> content(String value) {
        return value.startsWith("@") ? Optional.ofNullable(texts.get(value.substring(1))) : Optional.empty();
    }

    @Override
    public List<String> names() {
        return new ArrayList<>(texts.keySet());
    }

    @Override
    public void set(String name, char[] text) throws IOException {
        put(name, new String(text));
    }

    @Override
    public void keep(String name, byte[] content) {
        texts.put(name, content.clone());
    }

    @Override
    public void remove(String name) {
        texts.remove(name);
    }
}
