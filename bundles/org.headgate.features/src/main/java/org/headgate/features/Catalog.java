package org.headgate.features;

import java.util.Set;

/** The features that can be had, reduced to what is needed of them here. */
interface Catalog {
    /** The names of all features of the distribution. */
    Set<String> available() throws Exception;

    /** The names of those that are installed. */
    Set<String> installed() throws Exception;

    /** Installs features without touching a bundle that runs. */
    void install(Set<String> features) throws Exception;

    /** Uninstalls features. */
    void uninstall(Set<String> features) throws Exception;
}
