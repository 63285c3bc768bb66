/// A setting that holds for the whole configuration, for messages that name its line.
package enum SharedSetting: Hashable, Sendable {
    case timeouts
    case syncDaemons
    case emptiedTable
    case pipes
    case startProgram
    case stopProgram
    case reloadSchedule
    case mailGreeting
}
