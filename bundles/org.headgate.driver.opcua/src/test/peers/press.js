// An OPC UA server by node-opcua, without security: node press.js PORT HOSTNAME [NAMESPACE...]. The namespaces come before that of the press.
// Standard input takes
// "sessions", "level N", and "tick N": every counter counts to N, a step each 10 ms.
"use strict";
const opcua = require("node-opcua");
const os = require("os");
const fs = require("fs");
const path = require("path");

const [port, hostname, ...others] = process.argv.slice(2);
const COUNTERS = 20;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "opcua-press-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));

(async () => {
    const certificates = (name) => new opcua.OPCUACertificateManager({ rootFolder: path.join(folder, name), automaticallyAcceptUnknownCertificate: true });
    const server = new opcua.OPCUAServer({
        port: Number(port),
        host: "127.0.0.1",
        hostname: hostname,
        alternateHostname: [],
        securityPolicies: [opcua.SecurityPolicy.None],
        securityModes: [opcua.MessageSecurityMode.None],
        serverCertificateManager: certificates("pki"),
        userCertificateManager: certificates("user"),
        disableDiscovery: true,
        allowAnonymous: true,
        serverCapabilities: { maxSessions: 20, operationLimits: { maxNodesPerRead: 7, maxMonitoredItemsPerCall: 5 } },
    });
    await server.initialize();
    const space = server.engine.addressSpace;
    others.forEach((uri) => space.registerNamespace(uri));
    const press = space.registerNamespace("urn:press");
    const machine = press.addObject({ organizedBy: space.rootFolder.objects, browseName: "Machine", nodeId: "s=machine" });
    const add = (name, dataType, value, more) =>
        press.addVariable({ componentOf: machine, browseName: name, nodeId: "s=" + name, dataType, minimumSamplingInterval: 10, value: { dataType, value }, ...more });
    add("temp", "Double", 21.5);
    add("mode", "UInt16", 3);
    add("name", "String", "press 1");
    const analog = press.addAnalogDataItem({
        componentOf: machine, browseName: "level", nodeId: "s=level", dataType: "Double", engineeringUnitsRange: { low: 0, high: 100 },
        engineeringUnits: opcua.standardUnits.degree_celsius, minimumSamplingInterval: 10,
    });
    analog.setValueFromSource({ dataType: "Double", value: 50 });
    const counters = [];
    for (let i = 0; i < COUNTERS; i++) {
        counters.push(add("count" + i, "Int32", 0, { minimumSamplingInterval: 0 })); // as often as it likes
    }
    const method = press.addMethod(machine, {
        browseName: "Start", nodeId: "s=start",
        inputArguments: [{ name: "speed", dataType: "UInt16" }, { name: "program", dataType: "String" }],
        outputArguments: [{ name: "accepted", dataType: "String" }],
    });
    method.bindMethod((inputs, context, done) =>
        done(null, inputs[0].value > 100
            ? { statusCode: opcua.StatusCodes.BadOutOfRange }
            : { statusCode: opcua.StatusCodes.Good, outputArguments: [{ dataType: "String", value: inputs[0].value + "/" + inputs[1].value }] }));
    await server.start();
    const tick = (value, last) => {
        counters.forEach((counter) => counter.setValueFromSource({ dataType: "Int32", value }));
        if (value < last) {
            setTimeout(() => tick(value + 1, last), 10);
        } else {
            console.log("ticked " + last);
        }
    };
    require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
        const [word, argument] = line.split(" ");
        if (word === "sessions") {
            console.log("sessions " + server.engine.currentSessionCount);
        } else if (word === "tick") {
            tick(1, Number(argument));
        } else if (word === "level") {
            analog.setValueFromSource({ dataType: "Double", value: Number(argument) });
            console.log("level " + argument);
        }
    });
    console.log("ready " + server.getEndpointUrl());
})().catch((error) => {
    console.log("failed " + error.stack);
    process.exit(1);
});
