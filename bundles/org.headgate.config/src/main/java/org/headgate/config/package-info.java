/** Files of the home as the truth, Configuration Admin as their live image: loader, watcher, writer, secrets. */
package org.headgate.config;
