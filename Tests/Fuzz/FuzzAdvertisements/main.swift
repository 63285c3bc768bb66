import FuzzRunner

fuzz(receiveAdvertisement)
