/// Certificates for tests, from 2020 or so to 2120 where nothing else is said, and the key of all but the authority's.
///
/// Made by `openssl ca`; the authority's own key is nowhere any more.
package enum TestCertificates {
    /// An authority that no system trusts.
    package static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBVDCB+6ADAgECAgEFMAoGCCqGSM49BAMCMBkxFzAVBgNVBAMMDlRlc3QgYXV0
        aG9yaXR5MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAZMRcwFQYD
        VQQDDA5UZXN0IGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABC/7
        hxiPO6LhQET60d2bXmjNCpU8x5e97+GvhDwyPeBW4JC8gX8GCEYEO9i2C9Gn/LGU
        aR+1CHzxP+U61HPsxJCjMjAwMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFIjQ
        DZRtFtS9XbhuKgrZj3qZtP0oMAoGCCqGSM49BAMCA0gAMEUCIAJoj5RQoX9UtWwd
        lIH28YovKSBUj04IRs7AUSZSnNteAiEAqp8ylZ3mqpwpfK/sGJRRVZy3cuGqeHMH
        9SaEu/WGZ94=
        -----END CERTIFICATE-----

        """
    /// Signed by the authority, for `localhost`, `netatmo.test` and 127.0.0.1.
    package static let good = """
        -----BEGIN CERTIFICATE-----
        MIIBhjCCASugAwIBAgIBBzAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
        dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowDzENMAsG
        A1UEAwwEZ29vZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL3g1Z1yjph4e9WO
        nqyWvpek3gDQsvsDVxbcMziOjr7LNZHCHbQJnmaGx1g4wssSX6jpgdnIM+CJEZwV
        VyfdunyjbDBqMCgGA1UdEQQhMB+CCWxvY2FsaG9zdIIMbmV0YXRtby50ZXN0hwR/
        AAABMB0GA1UdDgQWBBTufctm/FRXFxw9uaWj9rcIeVBlsDAfBgNVHSMEGDAWgBSI
        0A2UbRbUvV24bioK2Y96mbT9KDAKBggqhkjOPQQDAgNJADBGAiEAnLMy32Zukk5Y
        WgBW/F4Vg2KNR7/wrHQDyMt20i6y0dACIQDJALwW184buUeaKr2aZYjLVXYQS0rW
        55ArQEPjHWPXCA==
        -----END CERTIFICATE-----

        """
    /// As the good one, until 2020-01-02.
    package static let expired = """
        -----BEGIN CERTIFICATE-----
        MIIBeDCCAR6gAwIBAgIBAjAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
        dGhvcml0eTAeFw0xOTAxMDEwMDAwMDBaFw0yMDAxMDIwMzA0MDVaMBIxEDAOBgNV
        BAMMB2V4cGlyZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS94NWdco6YeHvV
        jp6slr6XpN4A0LL7A1cW3DM4jo6+yzWRwh20CZ5mhsdYOMLLEl+o6YHZyDPgiRGc
        FVcn3bp8o14wXDAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwHQYDVR0OBBYE
        FO59y2b8VFcXHD25paP2twh5UGWwMB8GA1UdIwQYMBaAFIjQDZRtFtS9XbhuKgrZ
        j3qZtP0oMAoGCCqGSM49BAMCA0gAMEUCIQDt4Dq69kDLYbi7GG/QHMLlm7w53lWO
        Cl+ugoqFhHwVdgIgZqG3sVznLhPRwAg1EJyxFXWBOTmZdlAPuEDTs7ziw6g=
        -----END CERTIFICATE-----

        """
    /// As the good one, from 2099-01-01 on.
    package static let future = """
        -----BEGIN CERTIFICATE-----
        MIIBfDCCASGgAwIBAgIBAzAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
        dGhvcml0eTAiGA8yMDk5MDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjARMQ8w
        DQYDVQQDDAZmdXR1cmUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS94NWdco6Y
        eHvVjp6slr6XpN4A0LL7A1cW3DM4jo6+yzWRwh20CZ5mhsdYOMLLEl+o6YHZyDPg
        iRGcFVcn3bp8o14wXDAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwHQYDVR0O
        BBYEFO59y2b8VFcXHD25paP2twh5UGWwMB8GA1UdIwQYMBaAFIjQDZRtFtS9Xbhu
        KgrZj3qZtP0oMAoGCCqGSM49BAMCA0kAMEYCIQDttSveqsvkhfpxQR0dvrKOFO/N
        sQveh8qbk1M4bdfvCQIhAL/Cu8+dVS4AXztOcXCdg+AyTqtWHaJarnifkXevyT5f
        -----END CERTIFICATE-----

        """
    /// Signed by the authority, for `other.example`.
    package static let otherHost = """
        -----BEGIN CERTIFICATE-----
        MIIBejCCASCgAwIBAgIBBDAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
        dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFDESMBAG
        A1UEAwwJb3RoZXJob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEveDVnXKO
        mHh71Y6erJa+l6TeANCy+wNXFtwzOI6Ovss1kcIdtAmeZobHWDjCyxJfqOmB2cgz
        4IkRnBVXJ926fKNcMFowGAYDVR0RBBEwD4INb3RoZXIuZXhhbXBsZTAdBgNVHQ4E
        FgQU7n3LZvxUVxccPbmlo/a3CHlQZbAwHwYDVR0jBBgwFoAUiNANlG0W1L1duG4q
        CtmPepm0/SgwCgYIKoZIzj0EAwIDSAAwRQIhAOC3iBCKiiQumzMdScgrpBKAJw/h
        2D2hX6FO8AyBKBUXAiB+At/fzfhNGUSj4R3NMVsIgoKTNX3uNI3YLXeMjWpD6Q==
        -----END CERTIFICATE-----

        """
    /// Signed by nobody but itself, for `localhost` and 127.0.0.1.
    package static let selfSigned = """
        -----BEGIN CERTIFICATE-----
        MIIBTDCB8qADAgECAgEGMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHNlbGYwIBcN
        MjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMA8xDTALBgNVBAMMBHNlbGYw
        WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS94NWdco6YeHvVjp6slr6XpN4A0LL7
        A1cW3DM4jo6+yzWRwh20CZ5mhsdYOMLLEl+o6YHZyDPgiRGcFVcn3bp8oz0wOzAa
        BgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwHQYDVR0OBBYEFO59y2b8VFcXHD25
        paP2twh5UGWwMAoGCCqGSM49BAMCA0kAMEYCIQDjrso+mXZKf6BkaEc4eqbg0Nqk
        qslQQkAEjMjpFzRAbgIhAJMK3Jp8PBuzhEc8+QzAHsR6jIIN+qyA1VDq6epiqq5L
        -----END CERTIFICATE-----

        """
    /// The private key of each of them.
    package static let key = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIKiuuXdYeaAFeF/HMdqWK95uCQZ1p9INgHYzofbN0hU8oAoGCCqGSM49
        AwEHoUQDQgAEveDVnXKOmHh71Y6erJa+l6TeANCy+wNXFtwzOI6Ovss1kcIdtAme
        ZobHWDjCyxJfqOmB2cgz4IkRnBVXJ926fA==
        -----END EC PRIVATE KEY-----

        """
}
