package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A driver as somebody else would write it, against the API that the distribution carries, made on the spot. Its devices have one
 * channel, {@code build}: the last number of the bundle's version, so that data tell which bundle has read them.
 */
final class DriverBundle {
    private static final String SOURCE = """
            package org.acme.driver.%1$s;
            import java.util.List;
            import org.headgate.data.api.Type;
            import org.headgate.device.api.*;
            public final class TestDriver implements Driver {
                private static final ThreadLocal<Object> LAST = new ThreadLocal<>();
                private final boolean clinging = "true".equals(
                        org.osgi.framework.FrameworkUtil.getBundle(TestDriver.class).getHeaders().get("Clinging"));
                private final long build = Long.parseLong(
                        org.osgi.framework.FrameworkUtil.getBundle(TestDriver.class).getHeaders().get("Build"));
                public String name() { return "%1$s"; }
                public List<Channel> channels(DeviceSettings settings) {
                    return List.of(Channel.readable("build", "build", Type.LONG, ""));
                }
                public Connection open(DeviceSettings settings) {
                    return new Connection() {
                        public void read(List<Channel> channels, Readings into) {
                            if (clinging) {
                                LAST.set(this);
                                Thread.currentThread().setContextClassLoader(TestDriver.class.getClassLoader());
                            }
                            for (int i = 0; i < channels.size(); i++) into.set(i, build);
                        }
                        public void write(Channel channel, Object value) {}
                        public void close() {}
                    };
                }
            }
            """;
    private static final String COMPONENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="org.acme.driver.%1$s" immediate="true">
              <implementation class="org.acme.driver.%1$s.TestDriver"/>
              <service><provide interface="org.headgate.device.api.Driver"/></service>
            </scr:component>
            """;
    /** Compiled classes by the driver's name; class files by their path. */
    private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private final String name;
    private final String version;
    private final Map<String, String> headers = new TreeMap<>();
    private boolean component = true;

    /** A driver that works; the version has three numbers. */
    DriverBundle(String name, String version) {
        this.name = name;
        this.version = version;
        headers.put("Bundle-ManifestVersion", "2");
        headers.put("Bundle-SymbolicName", "org.acme.driver." + name);
        headers.put("Bundle-Version", version);
        headers.put("Build", version.substring(version.lastIndexOf('.') + 1));
        headers.put(
                "Import-Package", "org.headgate.data.api,org.headgate.device.api;version=\"[1,2)\",org.osgi.framework");
        headers.put("Service-Component", "OSGI-INF/driver.xml");
    }

    /** With another header, or without it. */
    DriverBundle header(String key, String value) {
        if (value == null) {
            headers.remove(key);
        } else {
            headers.put(key, value);
        }
        return this;
    }

    /** Leaves something of itself in every thread that reads by it, as libraries do. */
    DriverBundle clinging() {
        return header("Clinging", "true");
    }

    /** With nothing that offers a driver. */
    DriverBundle withoutService() {
        component = false;
        return header("Service-Component", null);
    }

    String file() {
        return name + "-" + version + ".jar";
    }

    /** Writes {@code NAME-VERSION.jar} into a folder. */
    Path jar(Path folder) throws IOException {
        return Files.write(Files.createDirectories(folder).resolve(file()), bytes());
    }

    /** Writes {@code NAME-VERSION.kar}: a feature that names the bundle, and the bundle. */
    Path kar(Path folder) throws IOException {
        Path kar = Files.createDirectories(folder).resolve(name + "-" + version + ".kar");
        String feature = """
                <features name="acme" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="acme-%1$s" version="%2$s"><bundle>mvn:org.acme/%1$s/%2$s</bundle></feature>
                </features>
                """.formatted(name, version);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(kar))) {
            put(out, "repository/org/acme/features/" + version + "/features-" + version + ".xml", text(feature));
            put(out, "repository/org/acme/" + name + "/" + version + "/" + file(), bytes());
        }
        return kar;
    }

    byte[] bytes() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            if (component) {
                put(out, "OSGI-INF/driver.xml", text(COMPONENT.formatted(name)));
            }
            for (Map.Entry<String, byte[]> type : classes(name).entrySet()) {
                put(out, type.getKey(), type.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void put(JarOutputStream out, String entry, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(entry));
        out.write(content);
        out.closeEntry();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> classes(String name) throws IOException {
        if (!COMPILED.containsKey(name)) {
            COMPILED.put(name, compile(name));
        }
        return COMPILED.get(name);
    }

    private static Map<String, byte[]> compile(String name) throws IOException {
        Path folder = Files.createTempDirectory("driver");
        try {
            Path source = Files.writeString(folder.resolve("TestDriver.java"), SOURCE.formatted(name));
            int status = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            OutputStream.nullOutputStream(),
                            null,
                            "--release",
                            "17",
                            "-cp",
                            classpath(),
                            "-d",
                            folder.toString(),
                            source.toString());
            assertThat(status).isZero();
            Map<String, byte[]> classes = new TreeMap<>();
            for (Path file : files(folder, ".class")) {
                classes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
            return classes;
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String classpath() throws IOException {
        Path distribution = Path.of(System.getProperty("headgate.distribution"));
        List<Path> jars = new java.util.ArrayList<>(files(distribution.resolve("system/org/headgate"), ".jar"));
        jars.addAll(files(distribution.resolve("system/org/apache/felix"), ".jar"));
        return jars.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
