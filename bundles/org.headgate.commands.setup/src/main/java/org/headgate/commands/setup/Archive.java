package org.headgate.commands.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.headgate.config.api.FileName;
import org.headgate.config.api.HomeFiles;

/**
 * An archive of a set-up: {@code headgate.json}, {@code etc/headgate.*.cfg}, {@code drivers/NAME@VERSION.jar|kar}. Whoever made it, it is
 * read in one pass, entry by entry, with bounds on everything; every entry's check sum is verified, names that nobody expects, and
 * names that come twice, are refused.
 *
 * @param files the texts of the settings by the names of their files
 * @param drivers the files of drivers that are in it
 */
record Archive(Map<String, String> files, List<String> drivers) {
    static final String ETC = "etc/";
    static final String DRIVERS = "drivers/";
    /** Far more than a gateway has, and little enough for its memory. */
    static final int MOST_FILES = 2000;

    static final int MOST_FILE = 1 << 20;
    static final int MOST_TEXT = 8 << 20;

    private static final int MOST_DRIVERS = 100;
    /** As much as a driver may have, and some of the largest. */
    private static final long MOST_DRIVER = 64L << 20;

    private static final long MOST_UNPACKED = 16 * MOST_DRIVER;
    private static final Pattern DRIVER = Pattern.compile("[a-z][a-z0-9_-]{0,62}@[0-9A-Za-z._-]{1,100}\\.(jar|kar)");

    /** What is done with the file of a driver while its bytes are there. */
    interface Driver {
        void take(String file, InputStream content) throws IOException, InterruptedException;
    }

    /**
     * Reads everything but the bytes of the drivers.
     *
     * @throws IOException with one line for the user
     */
    static Archive read(HomeFiles home, String name) throws IOException, InterruptedException {
        Map<String, String> files = new TreeMap<>();
        List<String> drivers = new ArrayList<>();
        Optional<String> manifest = walk(home, name, files, (file, content) -> drivers.add(file));
        Archive archive = new Archive(files, drivers);
        Manifest.parse(name, manifest.orElseThrow(() -> no(name, "no " + Manifest.ENTRY)))
                .check(name, archive);
        return archive;
    }

    /** Gives the bytes of each driver to somebody, in the order of the archive. */
    static void drivers(HomeFiles home, String name, Driver driver) throws IOException, InterruptedException {
        walk(home, name, new TreeMap<>(), driver);
    }

    private static Optional<String> walk(HomeFiles home, String name, Map<String, String> files, Driver driver)
            throws IOException, InterruptedException {
        Set<String> seen = new HashSet<>();
        Optional<String> manifest = Optional.empty();
        int drivers = 0;
        int left = MOST_TEXT;
        long unpacked = 0;
        try (ZipInputStream zip = new ZipInputStream(Channels.newInputStream(home.open(name)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String path = entry.getName();
                // The next entry is found by reading this one to its end, which must not be without one.
                if (!seen.add(path) || seen.size() > MOST_FILES) {
                    throw no(name, seen.size() > MOST_FILES ? "too many entries" : said(path) + " twice");
                }
                if (path.equals(ETC) || path.equals(DRIVERS)) {
                    if (zip.read() >= 0) {
                        throw no(name, said(path) + " is no folder");
                    }
                    continue;
                }
                if (path.startsWith(DRIVERS)
                        && DRIVER.matcher(path.substring(DRIVERS.length())).matches()) {
                    if (++drivers > MOST_DRIVERS) {
                        throw no(name, "too many drivers");
                    }
                    long most = Math.min(MOST_DRIVER, MOST_UNPACKED - unpacked);
                    String tooLarge = no(name, said(path) + " is too large").getMessage();
                    Bounded content = new Bounded(zip, most, tooLarge);
                    driver.take(path.substring(DRIVERS.length()), content);
                    content.transferTo(OutputStream.nullOutputStream());
                    unpacked += content.count();
                    continue;
                }
                byte[] bytes = zip.readNBytes(Math.min(left, MOST_FILE) + 1);
                left -= bytes.length;
                if (bytes.length > MOST_FILE || left < 0) {
                    throw no(name, said(path) + " is too large");
                }
                String text = GatewayApplyCommand.text(bytes);
                if (path.equals(Manifest.ENTRY)) {
                    manifest = Optional.of(text);
                } else {
                    files.put(file(name, path), text);
                }
            }
        } catch (java.nio.charset.CharacterCodingException broken) {
            throw no(name, "an entry is not UTF-8");
        } catch (ZipException | java.io.EOFException | IllegalArgumentException damaged) {
            throw new IOException(name + ": damaged: " + damaged.getMessage(), damaged);
        }
        return manifest;
    }

    /** The name of a file of settings; nothing else may lie in an archive. */
    private static String file(String archive, String path) throws IOException {
        String file = path.startsWith(ETC) ? path.substring(ETC.length()) : "";
        return FileName.of(file)
                .filter(name -> !name.factory() || name.isNameValid())
                .map(FileName::file)
                .orElseThrow(() -> no(archive, said(path) + " in it"));
    }

    private static String said(String path) {
        String plain = path.replaceAll("[^\\x20-\\x7E]", "?");
        return "'" + (plain.length() <= 60 ? plain : plain.substring(0, 60) + "...") + "'";
    }

    static IOException no(String name, String why) {
        return new IOException(name + ": no archive of gateway:export: " + why);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
