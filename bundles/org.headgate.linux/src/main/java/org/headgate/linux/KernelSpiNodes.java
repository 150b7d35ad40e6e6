package org.headgate.linux;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The chip selects behind {@code /dev/spidev*}, looked up anew each time. */
final class KernelSpiNodes implements SpiNodes {
    private static final Pattern NODE = Pattern.compile("spidev(\\d+)\\.(\\d+)");

    @Override
    public List<SpiNode> all() throws KernelException {
        List<SpiNode> nodes = DevicePath.MACHINE.names("dev").stream()
                .map(NODE::matcher)
                .filter(Matcher::matches)
                .map(match -> new SpiNode(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))))
                .sorted(Comparator.comparingInt(SpiNode::bus).thenComparingInt(SpiNode::chipSelect))
                .toList();
        if (nodes.isEmpty()) {
            throw new KernelException(
                    Errno.ENOENT, "no /dev/spidev*: SPI is switched off; gateway:doctor spi says how to switch it on");
        }
        return nodes;
    }

    /** For an error: what there is. */
    static String names() {
        String names = DevicePath.MACHINE.names("dev").stream()
                .filter(name -> NODE.matcher(name).matches())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
