package import ServiceLifecycle

extension ExporterEngine {
    /// What runs for a single fetch: the token's keeper and the memory of the requests. Nothing is served, and nothing is fetched by
    /// itself.
    package var servicesForSingleFetch: [ServiceGroupConfiguration.ServiceConfiguration] {
        let memory = memoryForSingleFetch.map { [ServiceGroupConfiguration.ServiceConfiguration(service: $0, serviceName: "memory")] }
        return (memory ?? []) + [.init(service: keeper, serviceName: "token")]
    }

    /// Renews the token where that is due.
    package func renewIfDue() async {
        await keeper.renewIfDue()
    }

    package var requestsSent: Int { quota.requestsSent }

    /// Fetches the readings once, after a renewal of the token where one is due; how that went is in the ``store``.
    ///
    /// To be called once, while ``servicesForSingleFetch`` run: the token is saved before it is used, as ever.
    package func fetchOnce() async {
        await keeper.renewIfDue()
        await poller.fetchOnce()
    }

    /// The same with the rooms of Energy; nothing where they are not wanted.
    package func fetchRoomsOnce() async {
        await keeper.renewIfDue()
        await energy?.fetchOnce()
    }
}
