package org.headgate.features;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.osgi.framework.Version;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The one feature of an archive of Karaf (.kar): a Maven repository with a repository of features in it.
 *
 * @param version the feature's version
 * @param entries its bundles in the archive
 */
record KarFeature(String version, List<String> entries) {
    private static final String MAVEN = "mvn:";
    /** What says nothing but where the bundles are. */
    private static final Set<String> HARMLESS = Set.of("details", "bundle");

    /** Finds the feature, within what may be unpacked; an archive with several, or with one that does more than to name bundles, is refused. */
    static KarFeature of(String file, ZipFile archive, Allowance unpacked) throws IOException, RefusedException {
        List<Element> features = new ArrayList<>();
        for (ZipEntry entry : archive.stream().filter(KarFeature::mayBeXml).toList()) {
            root(archive, entry, unpacked)
                    .filter(root -> "features".equals(root.getLocalName()))
                    .ifPresent(root -> features.addAll(children(root)));
        }
        features.removeIf(element -> !"feature".equals(element.getLocalName()));
        if (features.size() != 1) {
            throw RefusedException.forGood(file + ": " + features.size() + " features (expected: one)");
        }
        Element feature = features.get(0);
        List<String> entries = new ArrayList<>();
        for (Element element : children(feature)) {
            if (!HARMLESS.contains(element.getLocalName())) {
                throw RefusedException.forGood(
                        file + ": its feature has a <" + element.getLocalName() + "> (expected: <bundle> only)");
            }
            if (element.getLocalName().equals("bundle")) {
                entries.add(entry(file, archive, element.getTextContent().strip()));
            }
        }
        if (entries.isEmpty()) {
            throw RefusedException.forGood(file + ": its feature has no bundle (expected: one at least)");
        }
        return new KarFeature(
                Version.parseVersion(feature.getAttribute("version")).toString(), entries);
    }

    /** Where {@code mvn:group/artifact/version[/type[/classifier]]} lies in the archive. */
    private static String entry(String file, ZipFile archive, String url) throws RefusedException {
        String[] parts = url.startsWith(MAVEN) ? url.substring(MAVEN.length()).split("/") : new String[0];
        if (parts.length < 3) {
            throw RefusedException.forGood(file + ": " + url + " (expected: mvn:GROUP/ARTIFACT/VERSION)");
        }
        String type = parts.length > 3 && !parts[3].isEmpty() ? parts[3] : "jar";
        String classifier = parts.length > 4 ? "-" + parts[4] : "";
        String entry = "repository/" + parts[0].replace('.', '/') + "/" + parts[1] + "/" + parts[2] + "/" + parts[1]
                + "-" + parts[2] + classifier + "." + type;
        if (archive.getEntry(entry) == null) {
            throw RefusedException.forGood(file + ": " + url + " is not in the archive");
        }
        return entry;
    }

    private static boolean mayBeXml(ZipEntry entry) {
        return entry.getName().startsWith("repository/") && entry.getName().endsWith(".xml");
    }

    private static Optional<Element> root(ZipFile archive, ZipEntry entry, Allowance unpacked) throws IOException {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        Allowance text = new Allowance(name + " is", DriverFileReader.MOST_TEXT);
        try (InputStream in = text.limit(unpacked.limit(archive.getInputStream(entry)))) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            // Nothing in the file may make us read other files or addresses.
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Without it what is no XML is written to the standard error stream.
            builder.setErrorHandler(new DefaultHandler());
            return Optional.of(builder.parse(in).getDocumentElement());
        } catch (SAXException notXml) {
            return Optional.empty();
        } catch (ParserConfigurationException never) {
            throw new IOException(never);
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
