package org.headgate.payload.sparkplug;

/**
 * The topics of an edge node (Sparkplug 3.0, 4.1): {@code spBv1.0/GROUP/TYPE/NODE}, with the device behind where it concerns one.
 *
 * @param group the group's id
 * @param node the edge node's id
 */
record Topics(String group, String node) {
    private static final String NAMESPACE = "spBv1.0/";

    String nbirth() {
        return of("NBIRTH");
    }

    String ndeath() {
        return of("NDEATH");
    }

    String ndata() {
        return of("NDATA");
    }

    String ncmd() {
        return of("NCMD");
    }

    String dbirth(String device) {
        return of("DBIRTH") + "/" + device;
    }

    String ddeath(String device) {
        return of("DDEATH") + "/" + device;
    }

    String ddata(String device) {
        return of("DDATA") + "/" + device;
    }

    /** Where commands for a device come; {@code +} for any. */
    String dcmd(String device) {
        return of("DCMD") + "/" + device;
    }

    /** Where a host says whether it is online. */
    static String state(String host) {
        return NAMESPACE + "STATE/" + host;
    }

    private String of(String type) {
        return NAMESPACE + group + "/" + type + "/" + node;
    }
}
