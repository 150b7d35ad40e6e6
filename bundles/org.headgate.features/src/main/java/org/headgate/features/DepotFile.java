package org.headgate.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A kept version as a file that can be brought to another gateway: its bundle, or an archive of Karaf with its bundles. */
final class DepotFile {
    private static final String GROUP = "headgate.kept/";
    private static final String FOLDER = "repository/headgate/kept/";

    private final Depot depot;
    private final FeatureId version;
    private final List<String> jars;

    DepotFile(Depot depot, FeatureId version) throws IOException {
        this.depot = depot;
        this.version = version;
        this.jars = depot.jars(version);
    }

    String name() {
        return version.driver() + "@" + version.version() + (jars.size() == 1 ? ".jar" : ".kar");
    }

    void copy(OutputStream to) throws IOException {
        if (jars.size() == 1) {
            transfer(jars.get(0), to);
            return;
        }
        ZipOutputStream kar = new ZipOutputStream(to);
        StringBuilder feature = new StringBuilder("<features name=\"kept\" xmlns=\"http://karaf.apache.org/xmlns/"
                + "features/v1.6.0\"><feature name=\"" + version.name() + "\" version=\"" + version.version() + "\">");
        for (int i = 0; i < jars.size(); i++) {
            feature.append("<bundle>mvn:")
                    .append(GROUP)
                    .append("part/")
                    .append(i)
                    .append("</bundle>");
            kar.putNextEntry(entry("part/" + i + "/part-" + i + ".jar"));
            transfer(jars.get(i), kar);
            kar.closeEntry();
        }
        kar.putNextEntry(entry("features/1/features-1.xml"));
        kar.write(feature.append("</feature></features>").toString().getBytes(StandardCharsets.UTF_8));
        kar.closeEntry();
        kar.finish();
    }

    private void transfer(String jar, OutputStream to) throws IOException {
        try (InputStream in = depot.open(jar)) {
            in.transferTo(to);
        }
    }

    /** Without the time, so that the same version is always the same file. */
    private static ZipEntry entry(String path) {
        ZipEntry entry = new ZipEntry(FOLDER + path);
        entry.setTime(0);
        return entry;
    }
}
